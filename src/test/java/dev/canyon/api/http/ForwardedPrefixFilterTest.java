package dev.canyon.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class ForwardedPrefixFilterTest {

    private static HttpServletRequest filtered(boolean trusted, String prefix) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/own/api/v1/summary");
        request.setContextPath("/own");
        request.addHeader("X-Forwarded-Prefix", prefix);
        if (trusted) {
            // As Tomcat's RemoteIpValve does.
            request.setAttribute("org.apache.tomcat.request.forwarded", true);
        }
        MockFilterChain chain = new MockFilterChain();
        new ForwardedPrefixFilter().doFilter(request, new MockHttpServletResponse(), chain);
        return (HttpServletRequest) Objects.requireNonNull(chain.getRequest());
    }

    @Test
    void replacesTheContextPath() throws Exception {
        HttpServletRequest seen = filtered(true, "/canyon");
        assertThat(seen.getContextPath()).isEqualTo("/canyon");
        assertThat(seen.getRequestURI()).isEqualTo("/canyon/api/v1/summary");
        assertThat(seen.getRequestURL()).hasToString("http://localhost/canyon/api/v1/summary");
    }

    @Test
    void ignoresTheHeaderOfAClientThatIsNoTrustedProxy() throws Exception {
        assertThat(filtered(false, "/canyon").getContextPath()).isEqualTo("/own");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "canyon",
                "//evil.example",
                "/canyon//x",
                "/../x",
                "/x/..",
                "/./x",
                "/a b",
                "/a\"b",
                "/a?b",
                "/a%2fb",
                "/a,/b",
                "https://evil.example",
                "/a<b>"
            })
    void ignoresWhatIsNoPlainPath(String prefix) throws Exception {
        assertThat(filtered(true, prefix).getContextPath()).isEqualTo("/own");
    }
}
