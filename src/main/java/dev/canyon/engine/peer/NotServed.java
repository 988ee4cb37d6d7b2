package dev.canyon.engine.peer;

/** Why a client was not served; {@code toString} is the name used in the API. */
public sealed interface NotServed permits DropReason, RejectReason {

    /** The reason as a sentence about the datagram or connection, with the setting that decides. */
    String explanation();
}
