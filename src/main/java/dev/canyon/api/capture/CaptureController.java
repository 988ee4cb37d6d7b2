package dev.canyon.api.capture;

import dev.canyon.api.http.PageLimit;
import dev.canyon.api.http.QueryParameters;
import dev.canyon.api.http.WaitMs;
import dev.canyon.api.json.BodyReader;
import dev.canyon.api.json.BodyTree;
import dev.canyon.api.json.Faults;
import dev.canyon.api.listener.ListenerController;
import dev.canyon.engine.kernel.LimitReachedException;
import dev.canyon.inspect.capture.CapturePosition;
import dev.canyon.inspect.capture.Captured;
import dev.canyon.inspect.capture.Captures;
import dev.canyon.inspect.pcapng.PcapngWriter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/** Captured traffic over HTTP. The operations are described in {@link CaptureApi}. */
@RestController
@RequestMapping(path = ListenerController.PATH + "/{name}", produces = MediaType.APPLICATION_JSON_VALUE)
class CaptureController implements CaptureApi {

    private static final String PCAPNG = "application/x-pcapng";
    private static final String DOWNLOADS = "capture-downloads";

    /** Each keeps a whole capture in memory while its client reads, including messages evicted meanwhile. */
    private static final int MAX_DOWNLOADS = 4;

    private final Semaphore downloads = new Semaphore(MAX_DOWNLOADS);
    private final Captures captures;
    private final BodyReader bodies;

    CaptureController(Captures captures, BodyReader bodies) {
        this.captures = captures;
        this.bodies = bodies;
    }

    @Override
    @PutMapping(path = "/capture", consumes = MediaType.APPLICATION_JSON_VALUE)
    public CaptureView put(@PathVariable String name, @RequestBody BodyTree body) {
        requireListener(name);
        return CaptureView.of(
                captures.put(name, bodies.read(body, CaptureRequest.class).toSettings()));
    }

    @Override
    @GetMapping("/capture")
    public CaptureView get(@PathVariable String name) {
        return CaptureView.of(captures.status(name));
    }

    @Override
    @DeleteMapping("/capture")
    public CaptureView delete(@PathVariable String name) {
        return CaptureView.of(captures.remove(name));
    }

    @Override
    @GetMapping("/capture/messages")
    public DeferredResult<CapturePageView> messages(
            @PathVariable String name, @RequestParam MultiValueMap<String, String> parameters) {
        Faults faults = new Faults();
        QueryParameters.check(parameters, List.of("limit", "cursor", WaitMs.NAME), faults);
        int limit = PageLimit.of(parameters.getFirst("limit"), faults);
        Duration wait = WaitMs.of(parameters.getFirst(WaitMs.NAME), faults);
        faults.throwIfAny();
        CapturePosition after = CapturePageView.position(parameters.getFirst("cursor"));
        return WaitMs.answer(captures.page(name, after, limit, wait).thenApply(CapturePageView::of), wait);
    }

    @Override
    @GetMapping(path = "/capture.pcapng", produces = PCAPNG)
    public void download(@PathVariable String name, HttpServletResponse response) throws IOException {
        requireListener(name);
        if (!downloads.tryAcquire()) {
            throw new LimitReachedException(
                    DOWNLOADS,
                    "the maximum of " + MAX_DOWNLOADS
                            + " concurrent capture downloads has been reached: retry when one has finished");
        }
        try {
            write(captures.all(name), name, response);
        } finally {
            downloads.release();
        }
    }

    private static void write(List<Captured> all, String name, HttpServletResponse response) throws IOException {
        response.setContentType(PCAPNG);
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(name + ".pcapng")
                        .build()
                        .toString());
        PcapngWriter writer = new PcapngWriter(response.getOutputStream());
        for (Captured each : all) {
            writer.write(each);
        }
    }

    /** Checked before the body: an unknown listener is the more useful error. */
    private void requireListener(String name) {
        captures.status(name);
    }
}
