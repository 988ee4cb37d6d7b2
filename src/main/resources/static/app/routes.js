/**
 * The views and their addresses: {pattern, title, load, nav}. A view is a module of its own with a default export, a component
 * that gets what the pattern's groups matched as params, as title does; it is loaded when it is first shown.
 */
export const routes = [
    { pattern: /^\/$/, title: () => 'Listeners', load: () => import('./views/overview.js'), nav: { label: 'Listeners', to: '#/' } },
    { pattern: /^\/listeners\/(?<name>[^/]+)$/, title: ({ name }) => name, load: () => import('./views/listener.js') },
    { pattern: /^\/message$/, title: () => 'Messages', load: () => import('./views/message.js'), nav: { label: 'Messages', to: '#/message' } },
    { pattern: /^\/runs$/, title: () => 'Runs', load: () => import('./views/runs.js'), nav: { label: 'Runs', to: '#/runs' } },
    { pattern: /^\/runs\/new$/, title: () => 'New run', load: () => import('./views/new-run.js') },
    { pattern: /^\/runs\/compare$/, title: () => 'Two runs', load: () => import('./views/compare-runs.js') },
    { pattern: /^\/runs\/(?<id>[^/]+)$/, title: () => 'Run', load: () => import('./views/run.js') },
];

/** The route of an address and its params, or null. */
export function routeOf(hash) {
    const [path, query] = (hash.replace(/^#/, '') || '/').split('?');
    for (const route of routes) {
        const match = route.pattern.exec(path);
        if (match) {
            try {
                const params = Object.entries(match.groups ?? {}).map(([name, text]) => [name, decodeURIComponent(text)]);
                return { route, params: Object.fromEntries(params), query: new URLSearchParams(query) };
            } catch {
                // A cut or mistyped address, such as one that ends in %: no view has it.
                return null;
            }
        }
    }
    return null;
}
