import { html, useLayoutEffect, useRef } from '../../components/html.js';

const DECLARED = 'Declared in the application configuration; edit it there';

/** The context menu of a listener, positioned at the button that opened it. */
export function Menu({ view, from, choose, onClose }) {
    const menu = useRef();
    useLayoutEffect(() => {
        const { current } = menu;
        const anchor = from.getBoundingClientRect();
        current.showPopover();
        const { width, height } = current.getBoundingClientRect();
        const below = anchor.bottom + height + 8 < innerHeight;
        Object.assign(current.style, {
            left: `${Math.max(8, anchor.right - width)}px`,
            top: `${below ? anchor.bottom + 4 : anchor.top - height - 4}px`,
        });
        current.querySelector('button').focus();
        const onScroll = () => onClose();
        addEventListener('scroll', onScroll, { passive: true });
        return () => {
            removeEventListener('scroll', onScroll);
            // A dialog that opens next restores the focus to the element focused now, which must outlive the menu.
            if (current.contains(document.activeElement)) {
                from.focus({ preventScroll: true });
            }
        };
    }, []);
    const declared = view.status.origin === 'configuration';
    const item = (action, label, disabled = false) => html`<button role="menuitem" disabled=${disabled} title=${disabled ? DECLARED : null}
        class=${action === 'delete' ? 'danger-item' : null} onClick=${() => choose(action, view)}>${label}</button>`;
    return html`<div ref=${menu} popover="auto" class="menu" role="menu" aria-label=${`Actions for ${view.name}`}
        onToggle=${event => event.newState === 'closed' && close(from, onClose)} onKeyDown=${moveFocus}>
        ${item('restart', 'Restart')}
        ${item('reset-counters', 'Reset counters')}
        ${item('edit', 'Edit…', declared)}
        ${item('delete', 'Delete…', declared)}
    </div>`;
}

function close(from, onClose) {
    if (document.activeElement === document.body) {
        from.focus();
    }
    onClose();
}

function moveFocus(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
        event.preventDefault();
        const items = [...event.currentTarget.querySelectorAll('button:not(:disabled)')];
        items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
    }
}
