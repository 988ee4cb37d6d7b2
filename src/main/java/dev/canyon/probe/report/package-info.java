/**
 * Results of test messages and runs for other programs: JSON, CSV and JUnit XML.
 *
 * <p>Start reading at {@link dev.canyon.probe.report.RunFields} and {@link dev.canyon.probe.report.MessageFields}.
 */
@NullMarked
@NamedInterface("report")
package dev.canyon.probe.report;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
