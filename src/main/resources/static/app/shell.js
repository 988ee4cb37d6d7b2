import { html, useEffect, useState } from './components/html.js';
import { useIsAdmin } from './access.js';
import { isSignedIn } from './api.js';
import { reachable } from './connectivity.js';
import { routeOf, routes } from './routes.js';
import { useStore } from './store.js';
import { Toasts } from './components/toast.js';

/** The frame around every view: navigation, connection status and notifications. */
export function Shell() {
    const hash = useHash();
    const match = routeOf(hash);
    const isAdmin = useIsAdmin();
    const title = match ? `${match.route.title(match.params)} · Canyon` : 'Canyon';
    useEffect(() => {
        document.title = title;
    }, [title]);
    return html`
        <a class="skip" href="#main" onClick=${skip}>Skip to content</a>
        <header class="top">
            <a class="brand" href="#/"><img src="favicon.svg" alt="" width="24" height="24" />Canyon</a>
            <nav aria-label="Views">
                ${routes.filter(route => route.nav).map(route => html`
                    <a href=${route.nav.to} aria-current=${isCurrent(route, hash) ? 'page' : null}>${route.nav.label}</a>`)}
            </nav>
            <div class="top-end">
                <a href="swagger-ui.html">API</a>
                ${isSignedIn() && html`<a href="login">Sign out</a>`}
            </div>
            <${ConnectionStatus} />
        </header>
        <${OfflineBanner} />
        <main id="main" tabindex="-1">
            ${!isAdmin && html`<p class="read-only">Read-only: changes require the admin key.</p>`}
            ${match ? html`<${View} key=${hash.split('?')[0]} ...${match} />` : html`<${NotFound} />`}
        </main>
        <${Toasts} />`;
}

const isCurrent = (route, hash) => {
    const path = hash.split('?')[0] || '#/';
    return route.nav.to === '#/' ? path === '#/' || path.startsWith('#/listeners') : path.startsWith(route.nav.to);
};

function skip(event) {
    event.preventDefault();
    document.getElementById('main').focus();
}

function useHash() {
    const [hash, setHash] = useState(location.hash);
    useEffect(() => {
        const onHashChange = () => {
            setHash(location.hash);
            scrollTo(0, 0);
            // The focused element was removed with the previous view: keyboard and screen reader users continue in the new one.
            document.getElementById('main').focus({ preventScroll: true });
        };
        addEventListener('hashchange', onHashChange);
        return () => removeEventListener('hashchange', onHashChange);
    }, []);
    return hash;
}

function View({ route, params, query }) {
    const [module, setModule] = useState(null);
    const [failed, setFailed] = useState(false);
    useEffect(() => {
        route.load().then(loaded => setModule(() => loaded.default), () => setFailed(true));
    }, [route]);
    if (failed) {
        return html`<div class="empty-state"><h1>This view could not be loaded</h1>
            <p>Canyon is not responding. <a href="">Reload the page</a>.</p></div>`;
    }
    return module && html`<${module} params=${params} query=${query} />`;
}

/** Always rendered, so that the layout does not shift when the status changes. */
function ConnectionStatus() {
    const connected = useStore(reachable);
    return html`<span class=${connected ? 'connection' : 'connection lost'} role="status">
        <span class="dot" aria-hidden="true"></span><span class="connection-text">${connected ? 'Live' : 'Disconnected'}</span></span>`;
}

function OfflineBanner() {
    return !useStore(reachable) && html`<div class="banner" role="alert">
        <strong>Canyon is not responding.</strong> The data shown may be out of date. Reconnecting…</div>`;
}

function NotFound() {
    return html`<div class="empty-state"><h1>Page not found</h1><p>This address does not match any view. <a href="#/">All listeners</a></p></div>`;
}
