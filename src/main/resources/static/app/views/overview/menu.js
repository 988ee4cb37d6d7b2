import { html, useLayoutEffect, useRef } from '../../parts/html.js';

const DECLARED = 'Declared in the configuration: change it there';

/** What else can be done to a listener, at the button it is opened from. */
export function Menu({ view, from, choose, onClose }) {
    const menu = useRef();
    useLayoutEffect(() => {
        const { current } = menu;
        const place = from.getBoundingClientRect();
        current.showPopover();
        const { width, height } = current.getBoundingClientRect();
        const below = place.bottom + height + 8 < innerHeight;
        Object.assign(current.style, {
            left: `${Math.max(8, place.right - width)}px`,
            top: `${below ? place.bottom + 4 : place.top - height - 4}px`,
        });
        current.querySelector('button').focus();
        const scrolled = () => onClose();
        addEventListener('scroll', scrolled, { passive: true });
        return () => {
            removeEventListener('scroll', scrolled);
            // A dialog that opens next gives the focus back to where it is now, so that has to last.
            if (current.contains(document.activeElement)) {
                from.focus({ preventScroll: true });
            }
        };
    }, []);
    const declared = view.status.origin === 'configuration';
    const item = (what, label, fixed = false) => html`<button role="menuitem" disabled=${fixed} title=${fixed ? DECLARED : null}
        class=${what === 'delete' ? 'danger-item' : null} onClick=${() => choose(what, view)}>${label}</button>`;
    return html`<div ref=${menu} popover="auto" class="menu" role="menu" aria-label=${`Actions for ${view.name}`}
        onToggle=${event => event.newState === 'closed' && leave(from, onClose)} onKeyDown=${move}>
        ${item('restart', 'Restart')}
        ${item('reset-counters', 'Reset counters')}
        ${item('edit', 'Edit…', declared)}
        ${item('delete', 'Delete…', declared)}
    </div>`;
}

function leave(from, onClose) {
    if (document.activeElement === document.body) {
        from.focus();
    }
    onClose();
}

function move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
        event.preventDefault();
        const items = [...event.currentTarget.querySelectorAll('button:not(:disabled)')];
        items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
    }
}
