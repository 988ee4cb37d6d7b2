/**
 * Decides which targets are permitted. Start reading at {@link dev.canyon.probe.target.AllowedTargets}.
 */
@NullMarked
@NamedInterface("target")
package dev.canyon.probe.target;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
