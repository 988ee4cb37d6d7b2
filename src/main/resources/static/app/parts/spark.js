import { html, useEffect, useRef } from './html.js';

const WIDTH = 96;
const HEIGHT = 24;

/** A small chart of what a history holds, on one canvas. Drawn anew when version changes. */
export function Spark({ history, version, label }) {
    const canvas = useRef();
    useEffect(() => draw(canvas.current, history), [history, version]);
    return html`<canvas ref=${canvas} class="spark" role="img" aria-label=${label}></canvas>`;
}

function draw(canvas, history) {
    const scale = devicePixelRatio;
    if (canvas.width !== WIDTH * scale) {
        canvas.width = WIDTH * scale;
        canvas.height = HEIGHT * scale;
    }
    const pen = canvas.getContext('2d');
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, WIDTH, HEIGHT);
    let most = 0;
    for (let i = 0; i < history.length; i++) {
        most = Math.max(most, history.at(i));
    }
    const style = getComputedStyle(canvas);
    pen.strokeStyle = most > 0 ? style.color : style.borderTopColor;
    pen.lineWidth = 1.25;
    pen.lineJoin = 'round';
    pen.beginPath();
    const step = WIDTH / 59;
    const y = value => HEIGHT - 2 - (most > 0 ? (value / most) * (HEIGHT - 4) : 0);
    if (most === 0) {
        pen.moveTo(0, y(0));
        pen.lineTo(WIDTH, y(0));
    }
    for (let i = 0; most > 0 && i < history.length; i++) {
        pen.lineTo(WIDTH - (history.length - 1 - i) * step, y(history.at(i)));
    }
    pen.stroke();
}
