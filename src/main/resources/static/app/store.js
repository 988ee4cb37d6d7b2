import { useEffect, useState } from './parts/html.js';

/** A value that components follow. */
export function store(initial) {
    let value = initial;
    const followers = new Set();
    return {
        get: () => value,
        set(next) {
            if (next !== value) {
                value = next;
                followers.forEach(follower => follower(value));
            }
        },
        /** Calls follower with each new value; gives what ends that. */
        follow(follower) {
            followers.add(follower);
            return () => followers.delete(follower);
        },
    };
}

export function useStore(followed) {
    const [value, setValue] = useState(followed.get());
    useEffect(() => {
        setValue(followed.get());
        return followed.follow(setValue);
    }, [followed]);
    return value;
}
