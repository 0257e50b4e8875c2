namespace MLOpsGovernance.Server.Tests.Hosting;

/// <summary>A server process that knows only the standard <c>OTEL_*</c> variables, and a collector at the other end.</summary>
public abstract class ExportingTelemetry(ExportedTelemetry exported, string service)
{
    private IEnumerable<ReceivedSpan> Trace(Answer decision) => exported.Received.Spans.Where(s => s.TraceId == ExportedTelemetry.TraceOf(decision));

    [Fact]
    public void Gives_a_decision_the_trace_id_under_which_its_trace_is_found()
    {
        foreach (var decision in new[] { exported.Denied, exported.Allowed })
        {
            var trace = Trace(decision).ToList();
            var request = trace.Where(s => s.Scope == "Microsoft.AspNetCore").ShouldHaveSingleItem();
            request.Kind.ShouldBe(ReceivedSpan.Server);
            request.Name.TrimEnd('/').ShouldBe("POST /api/v1/policy-checks");
            request.Parent.ShouldBeEmpty("it began here");
            request.Attributes["http.response.status_code"].ShouldBe("200");
            trace.ShouldContain(s => s.Scope == "MLOpsGovernance" && s.Name == "check-policy" && s.Parent == request.SpanId, "the gate's own span is part of it");
        }
    }

    [Fact]
    public void Shows_the_grains_and_the_database_that_a_decision_asked()
    {
        var trace = Trace(exported.Denied).ToList();
        trace.ShouldContain(s => s.Scope == "Microsoft.Orleans.Application" && s.Attributes.GetValueOrDefault("orleans.rpc.target_id") == "model/m", string.Join('\n', trace));
        var append = trace.Where(s => s.Name == "append").ShouldHaveSingleItem();
        append.Attributes["mlgov.stream"].ShouldBe($"check:{exported.Denied.Json!["decisionId"]!.GetValue<string>()}");
        var commit = trace.Where(s => s.Name == "commit").ShouldHaveSingleItem();
        commit.Parent.ShouldBe(append.SpanId, "it was alone in its transaction");
        trace.ShouldContain(s => s.Scope == "Npgsql" && s.Attributes["db.query.text"].Contains("insert into governance.mt_events", StringComparison.Ordinal), string.Join('\n', trace));
        // Each span hangs on another of the same trace: nothing in between was left out.
        var known = trace.Select(s => s.SpanId).ToHashSet();
        trace.Where(s => s.Parent.Length > 0 && !known.Contains(s.Parent)).ShouldBeEmpty();
    }

    [Fact]
    public void Writes_no_password_and_no_token_into_a_span() => exported.Received.Spans.SelectMany(s => s.Attributes)
        .Where(a => a.Value.Contains("dev:", StringComparison.Ordinal) || a.Value.Contains("Password=", StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();

    [Fact]
    public void Leaves_the_health_checks_of_the_load_balancer_out() =>
        exported.Received.Spans.ShouldNotContain(s => s.Attributes.Any(a => a.Value.StartsWith("/healthz", StringComparison.Ordinal)));

    [Fact]
    public void Counts_decisions_by_outcome_and_rules_by_policy()
    {
        var checks = Metric("mlgov.policy_checks");
        checks.Kind.ShouldBe("counter");
        foreach (var outcome in new[] { "allow", "deny" })
            checks.Points.Where(p => p.Attributes["outcome"] == outcome && p.Attributes["environment"] == "production").Sum(p => p.Value).ShouldBe(1, outcome);

        var asked = new[] { exported.Denied, exported.Allowed }.SelectMany(a => a.Json!["rules"]!.AsArray())
            .GroupBy(r => (r!["policy"]!.GetValue<string>(), r["rule"]!.GetValue<string>(), r["result"]!.GetValue<string>())).ToDictionary(g => g.Key, g => (double)g.Count());
        var counted = Metric("mlgov.policy_rules").Points.ToDictionary(p => (p.Attributes["policy"], p.Attributes["rule"], p.Attributes["result"]), p => p.Value);
        counted.ShouldBe(asked, ignoreOrder: true);
        Metric("mlgov.refusals").Points.ShouldContain(p => p.Attributes["code"] == "forbidden" && p.Value == 1);
    }

    [Fact]
    public void Counts_decisions_by_outcome_and_policy_together()
    {
        var decided = new[] { exported.Denied, exported.Allowed }
            .SelectMany(a => a.Json!["rules"]!.AsArray().Where(r => r.Text("result") is not ("notApplicable" or "notYetInForce")).Select(r => r.Text("policy")).Distinct().Select(policy => (policy, a.Text("outcome"), "production")))
            .GroupBy(d => d).ToDictionary(g => g.Key, g => (double)g.Count());
        decided.Keys.Select(d => d.Item2).Distinct().Order().ShouldBe(["allow", "deny"]);
        Metric("mlgov.policy_decisions").Points.ToDictionary(p => (p.Attributes["policy"], p.Attributes["outcome"], p.Attributes["environment"]), p => p.Value).ShouldBe(decided, ignoreOrder: true);
    }

    [Fact]
    public void Measures_how_long_a_decision_took()
    {
        var duration = Metric("mlgov.policy_check.duration");
        (duration.Kind, duration.Unit).ShouldBe(("histogram", "s"));
        duration.Points.Sum(p => p.Value).ShouldBe(2);
        duration.Points.ShouldAllBe(p => p.Buckets.Count == 13 && p.Buckets.Aggregate(0UL, (sum, b) => sum + b) == p.Value);
        Metric("http.server.request.duration").Points.ShouldContain(p => p.Attributes["http.route"].TrimEnd('/') == "/api/v1/policy-checks", string.Join('\n', Metric("http.server.request.duration").Points));
    }

    [Fact]
    public void Sends_what_is_logged() =>
        exported.Received.Logs.ShouldContain(l => l.Body.Contains("{address}", StringComparison.Ordinal) && l.Scope == "Microsoft.Hosting.Lifetime" && l.Severity == "Information", string.Join('\n', exported.Received.Logs));

    [Fact]
    public void Says_which_service_it_is()
    {
        exported.Received.Spans.ShouldAllBe(s => s.Service == service);
        exported.Received.Metrics.ShouldAllBe(m => m.Service == service);
        exported.Received.Logs.ShouldAllBe(l => l.Service == service);
    }

    private ReceivedMetric Metric(string name) => exported.Received.Metrics.Where(m => m.Name == name).ShouldHaveSingleItem();
}

public sealed class ExportingTelemetryOverGrpc(TelemetryOverGrpc exported) : ExportingTelemetry(exported, "mlgov-server"), IClassFixture<TelemetryOverGrpc>;

public sealed class ExportingTelemetryOverHttp(TelemetryOverHttp exported) : ExportingTelemetry(exported, "gate-of-flowers"), IClassFixture<TelemetryOverHttp>;
