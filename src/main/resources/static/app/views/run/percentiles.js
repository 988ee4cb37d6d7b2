/**
 * Latency by percentile: a value for each place on an axis where 0 is the least, 1 is 90 %, 2 is 99 %, 3 is 99.9 %.
 *
 * @param histogram [{upToMicros, count}], in ascending order
 * @param places where, in ascending order
 * @returns microseconds; null where there are too few values to tell
 */
export function latencyAt(histogram, places) {
    const total = totalOf(histogram);
    let bucket = 0;
    let seen = histogram[0]?.count ?? 0;
    return places.map(place => {
        if (total === 0 || place > Math.log10(total) + 1e-9) {
            return null;
        }
        const rank = Math.max(1, Math.ceil(total * (1 - 10 ** -place) - 1e-6));
        while (seen < rank) {
            seen += histogram[++bucket].count;
        }
        return histogram[bucket].upToMicros;
    });
}

/** How far an axis has to go for a histogram: to where one value is left. */
export const reach = histogram => Math.max(1, Math.log10(Math.max(1, totalOf(histogram))));

const totalOf = histogram => histogram.reduce((sum, { count }) => sum + count, 0);

/** 2 -> "99 %", 2.5 -> "99.68 %" */
export function percentText(place) {
    const decimals = Math.max(0, Math.ceil(place) - 2) + (Number.isInteger(place) ? 0 : 2);
    return `${Number((100 * (1 - 10 ** -place)).toFixed(Math.min(decimals, 10)))} %`;
}
