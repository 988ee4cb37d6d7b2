/**
 * The types of faults, one file each. {@link dev.canyon.engine.fault.type.FaultTypes} lists them; {@link
 * dev.canyon.engine.fault.type.FaultTree} reads and writes a fault as plain values. A new type is a record that implements {@link
 * dev.canyon.engine.fault.stream.StreamEffect}, {@link dev.canyon.engine.fault.datagram.DatagramEffect} or both, or {@link
 * dev.canyon.engine.fault.HandshakeEffect}, and a line in the list.
 */
@NullMarked
@NamedInterface("fault-type")
package dev.canyon.engine.fault.type;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
