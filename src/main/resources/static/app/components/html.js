// The only import of the vendored library.
export {
    html, render, useState, useEffect, useLayoutEffect, useRef, useMemo,
} from '../../vendor/htm-preact-3.1.1.js';
