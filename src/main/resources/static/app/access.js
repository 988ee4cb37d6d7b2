import { read } from './api.js';
import { recoveries } from './connectivity.js';
import { store, useStore } from './store.js';

/** The name and role of the user; null until known. */
const caller = store(null);

const load = () => read('me').then(caller.set, () => {});
load();
recoveries.subscribe(load);

export const ADMIN_ONLY = 'Requires the admin key';

/** Whether the user may make changes, which is assumed until the role is known. */
export const useIsAdmin = () => useStore(caller)?.role !== 'viewer';
