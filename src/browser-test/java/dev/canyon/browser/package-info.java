/** The dashboard as its users see it, in a real browser. Start reading at {@code BrowserTest}. */
@NullMarked
package dev.canyon.browser;

import org.jspecify.annotations.NullMarked;
