/**
 * The command {@code canyon listen}. Start reading at {@link dev.canyon.cli.listen.ListenCommand}.
 */
@NullMarked
package dev.canyon.cli.listen;

import org.jspecify.annotations.NullMarked;
