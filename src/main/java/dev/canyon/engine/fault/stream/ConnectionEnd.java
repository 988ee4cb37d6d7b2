package dev.canyon.engine.fault.stream;

/**
 * An end of the stream that a stage has decided on. It passes the later stages behind the bytes before it, and takes effect at the
 * end of the chain.
 */
record ConnectionEnd(Runnable effect) {}
