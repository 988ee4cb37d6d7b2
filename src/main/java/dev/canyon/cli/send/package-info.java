/**
 * The command {@code canyon send}. Start reading at {@link dev.canyon.cli.send.SendCommand}.
 */
@NullMarked
package dev.canyon.cli.send;

import org.jspecify.annotations.NullMarked;
