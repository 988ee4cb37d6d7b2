import { useEffect } from './components/html.js';
import { store, useStore } from './store.js';

/**
 * A JSON file of the dashboard, loaded when it is first needed. Returns a hook that returns {value, error}, both null until the
 * file is loaded; after an error, the next component that uses it tries again.
 *
 * @param title what the file describes, for the error message
 */
export function jsonFile(source, title) {
    const loaded = store({ value: null, error: null });
    let loading = false;

    async function load() {
        if (loading || loaded.get().value) {
            return;
        }
        loading = true;
        try {
            const response = await fetch(source);
            if (!response.ok) {
                throw new Error(`HTTP status ${response.status}`);
            }
            loaded.set({ value: await response.json(), error: null });
        } catch (error) {
            loaded.set({ value: null, error: `Could not load ${title}: ${error.message}` });
        } finally {
            loading = false;
        }
    }

    return () => {
        useEffect(() => {
            load();
        }, []);
        return useStore(loaded);
    };
}
