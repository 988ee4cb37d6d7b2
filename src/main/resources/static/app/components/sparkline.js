import { html, useEffect, useRef } from './html.js';

const WIDTH = 96;
const HEIGHT = 24;

/** A sparkline of a history, redrawn when version changes. */
export function Sparkline({ history, version, label }) {
    const canvas = useRef();
    useEffect(() => draw(canvas.current, history), [history, version]);
    return html`<canvas ref=${canvas} class="sparkline" role="img" aria-label=${label}></canvas>`;
}

function draw(canvas, history) {
    const scale = devicePixelRatio;
    if (canvas.width !== WIDTH * scale) {
        canvas.width = WIDTH * scale;
        canvas.height = HEIGHT * scale;
    }
    const context = canvas.getContext('2d');
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, WIDTH, HEIGHT);
    let max = 0;
    for (let i = 0; i < history.length; i++) {
        max = Math.max(max, history.at(i));
    }
    const style = getComputedStyle(canvas);
    context.strokeStyle = max > 0 ? style.color : style.borderTopColor;
    context.lineWidth = 1.25;
    context.lineJoin = 'round';
    context.beginPath();
    const step = WIDTH / 59;
    const y = value => HEIGHT - 2 - (max > 0 ? (value / max) * (HEIGHT - 4) : 0);
    if (max === 0) {
        context.moveTo(0, y(0));
        context.lineTo(WIDTH, y(0));
    }
    for (let i = 0; max > 0 && i < history.length; i++) {
        context.lineTo(WIDTH - (history.length - 1 - i) * step, y(history.at(i)));
    }
    context.stroke();
}
