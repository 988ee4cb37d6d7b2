/**
 * The routes: {pattern, title, load, nav}. Each view is a module whose default export is a component. The component and title
 * receive the named groups of the pattern as params. A view is loaded when it is first shown.
 */
export const routes = [
    { pattern: /^\/$/, title: () => 'Listeners', load: () => import('./views/overview.js'), nav: { label: 'Listeners', to: '#/' } },
    { pattern: /^\/listeners\/(?<name>[^/]+)$/, title: ({ name }) => name, load: () => import('./views/listener.js') },
    { pattern: /^\/message$/, title: () => 'Test message', load: () => import('./views/message.js'), nav: { label: 'Messages', to: '#/message' } },
    { pattern: /^\/runs$/, title: () => 'Runs', load: () => import('./views/runs.js'), nav: { label: 'Runs', to: '#/runs' } },
    { pattern: /^\/runs\/new$/, title: () => 'New run', load: () => import('./views/new-run.js') },
    { pattern: /^\/runs\/compare$/, title: () => 'Compare runs', load: () => import('./views/compare-runs.js') },
    { pattern: /^\/runs\/(?<id>[^/]+)$/, title: () => 'Run', load: () => import('./views/run.js') },
];

/** The route that matches a URL fragment with its params and query, or null. */
export function routeOf(hash) {
    const [path, query] = (hash.replace(/^#/, '') || '/').split('?');
    for (const route of routes) {
        const match = route.pattern.exec(path);
        if (match) {
            try {
                const params = Object.entries(match.groups ?? {}).map(([name, text]) => [name, decodeURIComponent(text)]);
                return { route, params: Object.fromEntries(params), query: new URLSearchParams(query) };
            } catch {
                // Malformed percent-encoding, for example a trailing %.
                return null;
            }
        }
    }
    return null;
}
