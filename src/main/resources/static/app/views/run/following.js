import { useEffect, useState } from '../../parts/html.js';
import { read } from '../../api.js';
import { recoveries } from '../../link.js';
import { useStore } from '../../store.js';
import { useStream } from '../../stream.js';
import { runPath } from './words.js';

/**
 * A run as it is now, with its series and histogram; while it goes on, read anew each time that its stream tells of progress.
 *
 * @returns {{run, refusal, take}} run is null before the first answer; take is for who knows of a newer view
 */
export function useRun(id) {
    const [run, setRun] = useState(null);
    const [refusal, setRefusal] = useState(null);
    const recovered = useStore(recoveries);
    const readIt = () => read(runPath(id)).then(setRun, setRefusal);
    useEffect(() => {
        readIt();
    }, [id, recovered]);
    useStream(run?.state === 'running' ? runPath(id) : null, { progress: readIt, finished: readIt });
    return { run, refusal, take: setRun };
}
