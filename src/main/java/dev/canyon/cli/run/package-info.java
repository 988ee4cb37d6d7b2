/**
 * The command {@code canyon run}. Start reading at {@link dev.canyon.cli.run.RunCommand}.
 */
@NullMarked
package dev.canyon.cli.run;

import org.jspecify.annotations.NullMarked;
