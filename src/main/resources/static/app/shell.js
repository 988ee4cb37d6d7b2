import { html, useEffect, useState } from './parts/html.js';
import { isSignedIn } from './api.js';
import { reachable } from './link.js';
import { routeOf, routes } from './routes.js';
import { useStore } from './store.js';
import { Toasts } from './parts/toast.js';

/** What every view stands in: the way to the others, and whether Canyon can be reached. */
export function Shell() {
    const hash = useHash();
    const found = routeOf(hash);
    const title = found ? `${found.route.title(found.params)} · Canyon` : 'Canyon';
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
            <${Link} />
        </header>
        <${Lost} />
        <main id="main" tabindex="-1">
            ${found ? html`<${View} key=${hash.split('?')[0]} ...${found} />` : html`<${Nowhere} />`}
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
        const changed = () => {
            setHash(location.hash);
            scrollTo(0, 0);
            // What had the focus is gone with the view before; from here a keyboard or a screen reader goes on.
            document.getElementById('main').focus({ preventScroll: true });
        };
        addEventListener('hashchange', changed);
        return () => removeEventListener('hashchange', changed);
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
        return html`<div class="blank"><h1>This view could not be loaded</h1>
            <p>Canyon did not answer. <a href="" >Load the page again</a>.</p></div>`;
    }
    return module && html`<${module} params=${params} query=${query} />`;
}

/** Always there, so that nothing moves when it changes. */
function Link() {
    const connected = useStore(reachable);
    return html`<span class=${connected ? 'link' : 'link lost'} role="status">
        <span class="dot" aria-hidden="true"></span><span class="link-word">${connected ? 'Live' : 'Disconnected'}</span></span>`;
}

function Lost() {
    return !useStore(reachable) && html`<div class="banner" role="alert">
        <strong>Canyon does not answer.</strong> What you see is from before; this page tries again by itself.</div>`;
}

function Nowhere() {
    return html`<div class="blank"><h1>Nothing here</h1><p>There is no such view. <a href="#/">All listeners</a></p></div>`;
}
