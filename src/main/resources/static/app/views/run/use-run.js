import { useEffect, useState } from '../../components/html.js';
import { check, read } from '../../api.js';
import { recoveries } from '../../connectivity.js';
import { useStore } from '../../store.js';
import { useStream } from '../../stream.js';
import { runPath } from './run-text.js';

const CHECK_MS = 5000;

/**
 * The current view of a run with its series and histogram, reloaded on each progress event while the run is in progress.
 *
 * @returns {{run, error, setRun}} run is null while loading, and if it does not exist or no longer exists; setRun is for a
 *     caller that received a newer view
 */
export function useRun(id) {
    const [run, setRun] = useState(null);
    const [error, setError] = useState(null);
    const recovered = useStore(recoveries);
    const load = () => read(runPath(id)).then(setRun, failure => {
        setError(failure);
        if (failure.status === 404) {
            setRun(null);
        }
    });
    useEffect(() => {
        load();
    }, [id, recovered]);
    useStream(run?.state === 'running' ? runPath(id) : null, { progress: load, finished: load });
    useDeletion(run !== null && run.state !== 'running' ? runPath(id) : null, load);
    return { run, error, setRun };
}

/** Calls onDeleted once there is nothing at path any more; checks while the page is visible. A finished run has no events. */
function useDeletion(path, onDeleted) {
    useEffect(() => {
        if (path === null) {
            return;
        }
        const look = () => document.hidden || check(path).catch(({ status }) => status === 404 && onDeleted());
        const timer = setInterval(look, CHECK_MS);
        document.addEventListener('visibilitychange', look);
        return () => {
            clearInterval(timer);
            document.removeEventListener('visibilitychange', look);
        };
    }, [path]);
}
