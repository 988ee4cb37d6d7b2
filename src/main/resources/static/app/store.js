import { useEffect, useState } from './components/html.js';

/** A value that components subscribe to. */
export function store(initial) {
    let value = initial;
    const subscribers = new Set();
    return {
        get: () => value,
        set(next) {
            if (next !== value) {
                value = next;
                subscribers.forEach(subscriber => subscriber(value));
            }
        },
        /** Calls subscriber with each new value. Returns a function that cancels the subscription. */
        subscribe(subscriber) {
            subscribers.add(subscriber);
            return () => subscribers.delete(subscriber);
        },
    };
}

export function useStore(source) {
    const [value, setValue] = useState(source.get());
    useEffect(() => {
        setValue(source.get());
        return source.subscribe(setValue);
    }, [source]);
    return value;
}
