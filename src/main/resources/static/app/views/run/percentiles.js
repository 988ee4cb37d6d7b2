/**
 * Latency by percentile on a logarithmic axis, on which position 1 is 90 %, 2 is 99 %, 3 is 99.9 %, and 0 is the minimum.
 *
 * @param histogram [{upToMicros, count}], in ascending order
 * @param positions positions on the axis, in ascending order
 * @returns microseconds, or null where there are too few values for the percentile
 */
export function latencyAt(histogram, positions) {
    const total = totalOf(histogram);
    let bucket = 0;
    let cumulative = histogram[0]?.count ?? 0;
    return positions.map(position => {
        if (total === 0 || position > Math.log10(total) + 1e-9) {
            return null;
        }
        const rank = Math.max(1, Math.ceil(total * (1 - 10 ** -position) - 1e-6));
        while (cumulative < rank) {
            cumulative += histogram[++bucket].count;
        }
        return histogram[bucket].upToMicros;
    });
}

/** The length of the axis for a histogram: up to the percentile of its largest value. */
export const axisLength = histogram => Math.max(1, Math.log10(Math.max(1, totalOf(histogram))));

const totalOf = histogram => histogram.reduce((sum, { count }) => sum + count, 0);

/** 2 -> "99 %", 2.5 -> "99.68 %" */
export function percentText(position) {
    const decimals = Math.max(0, Math.ceil(position) - 2) + (Number.isInteger(position) ? 0 : 2);
    return `${Number((100 * (1 - 10 ** -position)).toFixed(Math.min(decimals, 10)))} %`;
}
