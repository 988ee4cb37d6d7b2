/**
 * Resolves the targets of test messages and runs, and checks that they are permitted. Start reading at {@link
 * dev.canyon.api.target.Targets}.
 */
@NullMarked
package dev.canyon.api.target;

import org.jspecify.annotations.NullMarked;
