/**
 * TCP sockets apart from what they carry: whether a listening socket accepts, how many connections a source has, and sizes of
 * reads.
 */
@NullMarked
package dev.canyon.engine.socket;

import org.jspecify.annotations.NullMarked;
