// The one place that names the vendored library.
export {
    h, html, render, Component, useState, useEffect, useLayoutEffect, useRef, useMemo, useCallback,
} from '../../vendor/htm-preact-3.1.1.js';
