package dev.canyon.api.summary;

import dev.canyon.observe.Summaries;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Totals and rates of all listeners over HTTP. */
@RestController
@RequestMapping(path = "/api/v1/summary", produces = MediaType.APPLICATION_JSON_VALUE)
class SummaryController implements SummaryApi {

    private final Summaries summaries;

    SummaryController(Summaries summaries) {
        this.summaries = summaries;
    }

    @Override
    @GetMapping
    public SummaryView summary() {
        return SummaryView.of(summaries.now());
    }
}
