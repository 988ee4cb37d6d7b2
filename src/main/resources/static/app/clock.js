const NOTICED_MS = 3000;

let ahead = 0;

/** The time of the machine that Canyon runs on, whose instants are told; this machine's clock may be minutes off. */
export const serverTime = () => Date.now() + ahead;

/** @param date the Date header of an answer: whole seconds, so that small differences say nothing */
export function setBy(date) {
    const difference = Date.parse(date) - Date.now();
    ahead = Math.abs(difference) > NOTICED_MS ? difference : 0;
}
