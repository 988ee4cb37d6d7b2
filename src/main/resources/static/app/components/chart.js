import { html, useEffect, useRef } from './html.js';

/* global uPlot */

const HEIGHT = 180;
const INTEGER_STEPS = Array.from({ length: 10 }, (_, power) => [1, 2, 5].map(each => each * 10 ** power)).flat();

/**
 * A uPlot chart that adapts to its width and to the colour scheme.
 *
 * @param data columns in uPlot's format: [x, y, ...]
 * @param series [{label, format, color: "--chart-1", fill, whole}], one per y column; whole for integer values
 * @param x {time: true} for times in seconds, or {format, label} and other options of a uPlot axis
 * @param y other options of the value axis
 * @param label the accessible name of the chart
 * @param options other uPlot options, for example scales
 */
export function Chart({ data, series, x = { time: true }, y, label, height = HEIGHT, options }) {
    const container = useRef();
    const plot = useRef();
    const shown = useRef();
    shown.current = data;
    useEffect(() => {
        const create = () => {
            plot.current?.destroy();
            plot.current = new uPlot(settings(container.current, series, x, y, height, options), shown.current, container.current);
        };
        create();
        const dark = matchMedia('(prefers-color-scheme: dark)');
        const resizeObserver = new ResizeObserver(([entry]) => {
            plot.current.setSize({ width: entry.contentRect.width, height });
            showLatest(plot.current);
        });
        resizeObserver.observe(container.current);
        dark.addEventListener('change', create);
        return () => {
            resizeObserver.disconnect();
            dark.removeEventListener('change', create);
            plot.current.destroy();
            plot.current = undefined;
        };
    }, []);
    useEffect(() => {
        plot.current.setData(data);
        showLatest(plot.current);
    }, [data]);
    return html`<figure class="chart" role="img" aria-label=${label}><div ref=${container} class="chart-box" style=${{ minHeight: `${height + 28}px` }}></div></figure>`;
}

/** Without a cursor, the legend shows the latest point that has a value in every series. */
function showLatest(plot) {
    let idx = plot.data[0].length - 1;
    while (idx > 0 && plot.data.some(column => column[idx] == null)) {
        idx--;
    }
    if (plot.cursor.idx == null && idx >= 0) {
        plot.setLegend({ idx });
    }
}

/** Spans at least one minute up to the latest point. The end comes from the data, since uPlot extends a single point to a day. */
function recentRange({ data: [times] }, from) {
    const to = times.at(-1) ?? Date.now() / 1000;
    return [Math.min(from ?? to, to - 60), to];
}

/** Axis labels. uPlot passes null for ticks that have no space for a label. */
const labels = format => (_, all) => all.map(value => (value == null ? '' : format(value)));

function settings(container, series, x, y, height, options) {
    const style = getComputedStyle(container);
    const color = name => style.getPropertyValue(name).trim();
    const font = `12px ${style.fontFamily}`;
    const axis = { size: 32, stroke: color('--muted'), font, grid: { stroke: color('--line'), width: 1 }, ticks: { show: false } };
    const { time, format, label, ...rest } = x;
    return {
        width: container.clientWidth || 300,
        height,
        cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
        legend: { live: true },
        scales: { x: { time: Boolean(time), ...(time ? { range: recentRange } : {}) }, y: { range: (_, low, high) => [Math.min(0, low), high > 0 ? high * 1.1 : 1] } },
        axes: [
            { ...axis, space: 72, ...(time ? { values: [
                [60, '{HH}:{mm}', null, null, null, null, null, null, 1],
                [1, '{HH}:{mm}:{ss}', null, null, null, null, null, null, 1],
            ] } : {}), ...(format ? { values: labels(format) } : {}), ...rest },
            { ...axis, size: 64, ...(series[0].whole ? { incrs: INTEGER_STEPS } : {}), values: labels(series[0].format), ...y },
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
