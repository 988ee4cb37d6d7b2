import { html, useEffect, useRef } from './html.js';

/* global uPlot */

const HEIGHT = 180;
const WHOLE = Array.from({ length: 10 }, (_, power) => [1, 2, 5].map(each => each * 10 ** power)).flat();

/**
 * A chart of uPlot's that follows the width it has and the colours of the page.
 *
 * @param data columns as uPlot wants them: [x, y, ...]
 * @param series [{label, format, color: "--chart-1", fill, whole}], one for each y; whole where there are no fractions
 * @param x {time: true} for times in seconds, or {format, label} and what else an axis of uPlot has
 * @param y what else the axis of the values has
 * @param label what the chart shows, for who does not see it
 * @param options what else uPlot takes, for example scales
 */
export function Chart({ data, series, x = { time: true }, y, label, height = HEIGHT, options }) {
    const box = useRef();
    const plot = useRef();
    const shown = useRef();
    shown.current = data;
    useEffect(() => {
        const make = () => {
            plot.current?.destroy();
            plot.current = new uPlot(settings(box.current, series, x, y, height, options), shown.current, box.current);
        };
        make();
        const dark = matchMedia('(prefers-color-scheme: dark)');
        const resized = new ResizeObserver(([entry]) => plot.current.setSize({ width: entry.contentRect.width, height }));
        resized.observe(box.current);
        dark.addEventListener('change', make);
        return () => {
            resized.disconnect();
            dark.removeEventListener('change', make);
            plot.current.destroy();
            plot.current = undefined;
        };
    }, []);
    useEffect(() => {
        const { current } = plot;
        current.setData(data);
        // With no cursor on it, the legend tells the latest values.
        if (current.cursor.idx == null && data[0].length > 0) {
            current.setLegend({ idx: data[0].length - 1 });
        }
    }, [data]);
    return html`<figure class="chart" role="img" aria-label=${label}><div ref=${box} class="chart-box" style=${{ minHeight: `${height + 28}px` }}></div></figure>`;
}

/** A minute at least, so that the line comes in from the right. The end is asked of the data: uPlot makes a day of a single point. */
function lately({ data: [times] }, from) {
    const to = times.at(-1) ?? Date.now() / 1000;
    return [Math.min(from ?? to, to - 60), to];
}

/** Of the marks that uPlot wants labelled: it gives null for those that have no room. */
const labels = format => (_, all) => all.map(value => (value == null ? '' : format(value)));

function settings(box, series, x, y, height, options) {
    const style = getComputedStyle(box);
    const color = name => style.getPropertyValue(name).trim();
    const font = `12px ${style.fontFamily}`;
    const axis = { size: 32, stroke: color('--muted'), font, grid: { stroke: color('--line'), width: 1 }, ticks: { show: false } };
    const { time, format, label, ...rest } = x;
    return {
        width: box.clientWidth || 300,
        height,
        cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
        legend: { live: true },
        scales: { x: { time: Boolean(time), ...(time ? { range: lately } : {}) }, y: { range: (_, low, high) => [Math.min(0, low), high > 0 ? high * 1.1 : 1] } },
        axes: [
            { ...axis, space: 72, ...(time ? { values: [
                [60, '{HH}:{mm}', null, null, null, null, null, null, 1],
                [1, '{HH}:{mm}:{ss}', null, null, null, null, null, null, 1],
            ] } : {}), ...(format ? { values: labels(format) } : {}), ...rest },
            { ...axis, size: 64, ...(series[0].whole ? { incrs: WHOLE } : {}), values: labels(series[0].format), ...y },
        ],
        series: [
            { label: label ?? 'Time', value: time ? '{HH}:{mm}:{ss}' : (_, value) => (value == null ? '–' : (format ?? String)(value)) },
            ...series.map(each => ({
                label: each.label,
                stroke: color(each.color),
                fill: each.fill ? `color-mix(in srgb, ${color(each.color)} 14%, transparent)` : undefined,
                width: 1.5,
                points: { show: false },
                value: (_, value) => (value == null ? '–' : each.format(value)),
            })),
        ],
        ...options,
    };
}
