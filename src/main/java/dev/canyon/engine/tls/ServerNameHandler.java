package dev.canyon.engine.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.AbstractSniHandler;
import io.netty.util.concurrent.Future;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the server name from the ClientHello (RFC 6066, section 3), which decides on the certificate. Takes the place of the TLS
 * handler until then.
 */
public final class ServerNameHandler extends AbstractSniHandler<String> {

    private static final int MAX_CLIENT_HELLO_BYTES = 64 * 1024;

    private final Consumer<@Nullable String> onServerName;
    private boolean isClientHello;

    /**
     * @param onServerName replaces this handler; receives the name in lower case, empty if there is none, and null if the client has
     *     sent something else than a ClientHello
     */
    public ServerNameHandler(Consumer<@Nullable String> onServerName) {
        super(MAX_CLIENT_HELLO_BYTES, 0);
        this.onServerName = onServerName;
    }

    @Override
    protected Future<String> lookup(ChannelHandlerContext ctx, @Nullable ByteBuf clientHello) throws Exception {
        isClientHello = clientHello != null;
        return super.lookup(ctx, clientHello);
    }

    @Override
    protected Future<String> lookup(ChannelHandlerContext ctx, @Nullable String hostname) {
        return ctx.executor().newSucceededFuture(hostname == null ? "" : hostname.toLowerCase(Locale.ROOT));
    }

    @Override
    protected void onLookupComplete(ChannelHandlerContext ctx, @Nullable String hostname, Future<String> name) {
        onServerName.accept(isClientHello ? name.getNow() : null);
    }
}
