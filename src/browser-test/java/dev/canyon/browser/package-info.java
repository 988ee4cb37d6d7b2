/** Tests of the dashboard in a browser. Start reading at {@code BrowserTest}. */
@NullMarked
package dev.canyon.browser;

import org.jspecify.annotations.NullMarked;

