/**
 * Writes captured messages as a pcapng file.
 *
 * <p>Start reading at {@link dev.canyon.inspect.pcapng.PcapngWriter}.
 */
@NullMarked
@NamedInterface("pcapng")
package dev.canyon.inspect.pcapng;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
