import { endpoint } from '../../format.js';
import { NO_TARGET, TARGET_FIELDS, targetOf } from '../../components/target.js';
import { numberOf } from '../../components/fields.js';
import { NO_PROXY_HEADER, proxyHeaderForm, proxyHeaderOf } from '../../components/proxy-header-input.js';
import { NO_TLS, tlsForm, tlsOf } from '../../components/tls-input.js';

const NUMBERS = ['connections', 'messageBytes', 'pipeline', 'ratePerSecond', 'durationMs', 'warmupMs', 'messages', 'timeoutMs'];
const THRESHOLDS = ['p50Micros', 'p90Micros', 'p99Micros', 'p999Micros', 'maxMicros', 'lossRatio', 'messagesPerSecond'];

/** The names of the request fields in the API. */
export const FIELDS = [...TARGET_FIELDS, ...NUMBERS, ...THRESHOLDS.map(name => `thresholds.${name}`),
    ...Object.keys(NO_PROXY_HEADER), ...Object.keys(NO_TLS)];

/** The values of an empty form; an empty value stands for the default. */
export const blank = () => ({ ...Object.fromEntries(FIELDS.map(name => [name, ''])), ...NO_TARGET, ...NO_PROXY_HEADER, ...NO_TLS });

/** The form values of a request. */
export function toForm(request) {
    const form = { ...blank(), to: request.target.listener ? 'listener' : 'address' };
    const put = (prefix, values) => {
        for (const [name, value] of Object.entries(values)) {
            if (value !== null && `${prefix}${name}` in form) {
                form[`${prefix}${name}`] = String(value);
            }
        }
    };
    put('', request);
    put('target.', request.target);
    put('thresholds.', request.thresholds ?? {});
    return { ...form, ...proxyHeaderForm(request.proxyProtocol), ...tlsForm(request.tls) };
}

/** @param protocol the protocol of the target, or undefined if unknown */
export function toRequest(form, protocol) {
    const request = { target: targetOf(form) };
    for (const name of NUMBERS) {
        request[name] = numberOf(form[name]);
    }
    request.proxyProtocol = protocol === 'udp' ? undefined : proxyHeaderOf(form);
    request.tls = protocol === 'udp' ? undefined : tlsOf(form);
    const thresholds = THRESHOLDS.map(name => [name, numberOf(form[`thresholds.${name}`])]).filter(([, value]) => value !== undefined);
    return thresholds.length > 0 ? { ...request, thresholds: Object.fromEntries(thresholds) } : request;
}

export const targetText = ({ listener, protocol, host, port }) => listener ?? `${protocol} ${endpoint(host, port)}`;
