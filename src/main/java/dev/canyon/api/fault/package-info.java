/**
 * Faults of listeners over HTTP: those of the definition to read, temporary ones to add, change and remove. Start reading at {@code
 * FaultController}.
 */
@NullMarked
package dev.canyon.api.fault;

import org.jspecify.annotations.NullMarked;
