using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Storage;
using MLOpsGovernance.Server.Tests.Requests;
using static MLOpsGovernance.Server.Tests.Storage.LocalPostgresTest;

namespace MLOpsGovernance.Server.Tests.Storage;

/// <summary>The registers stop at it, and everybody is told; nothing is skipped, and once it is repaired they go on by themselves.</summary>
public sealed class AnEventThatCannotBeApplied(Database database) : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly CollectedLog _log = new();
    private readonly ConcurrentQueue<int> _paused = [];
    private readonly MeterListener _meters = new();
    private string _connection = "";
    private RunningServer _server = null!;

    private HttpClient Ann => _server.As("dev:contributor:ann");

    public async ValueTask InitializeAsync()
    {
        _connection = await database.NewDatabaseAsync(nameof(AnEventThatCannotBeApplied));
        _server = await RunningServer.StartWithAsync(_connection, _log.AddTo);
        _meters.SetMeasurementEventCallback<int>((_, value, _, _) => _paused.Enqueue(value));
        _meters.EnableMeasurementEvents(Telemetry.ProjectionsPaused);
    }

    public async ValueTask DisposeAsync()
    {
        _meters.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("team_formed", """{"name":5}""")]
    [InlineData("team_teleported", """{"name":"broken","by":"ann","at":"2026-01-31T12:00:00Z"}""")]
    public async Task Is_reported_never_skipped_and_passed_when_it_is_repaired(string type, string data)
    {
        await World.Must(201, Ann.PostJsonAsync("/teams", new { name = "before" }));
        (await TeamsAsync()).ShouldBe(["before"]);

        var sequence = await StoreAsync(type, data);
        await World.Must(201, Ann.PostJsonAsync("/teams", new { name = "after" }));

        var where = $"event {sequence.ToString(CultureInfo.InvariantCulture)} ({type})";
        await UntilAsync(async () => (await HealthAsync()).Status == "degraded", Soon);
        (await HealthAsync()).Description.ShouldNotBeNull().ShouldContain($"stand still at {where} since ");
        await UntilAsync(() => Task.FromResult(_paused.Contains(1)), Soon);
        var alert = _log.Lines.Where(l => l.Level == LogLevel.Error && l.Category == typeof(RegisterKeeper).FullName).ShouldHaveSingleItem();
        alert.Text.ShouldStartWith($"The registers stand still at {where}: ");

        var asked = Stopwatch.StartNew();
        foreach (var list in new[] { "/teams", "/models", "/datasets", "/findings", "/environments/production/deployments", "/api-keys" })
        {
            var refused = await Ann.GetJsonAsync(list);
            BadInput.Explained(refused, list, 503, "register-behind");
            refused.Detail.ShouldNotBeNull().ShouldContain(where);
            refused.Json!["behind"]!.GetValue<long>().ShouldBeGreaterThan(0);
        }

        asked.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5), "nobody waits for what only a person can mend");
        var old = (await World.Must(200, Ann.GetJsonAsync("/teams?stale=true"))).Json!;
        old["items"]!.AsArray().Select(t => t.Text("name")).ShouldContain("before");
        old["behind"]!.GetValue<long>().ShouldBeGreaterThan(0);
        var seen = new { observedAt = TimeProvider.System.GetUtcNow(), source = "kubectl", items = new[] { new { name = "pod", digest = World.Artifact } } };
        await World.Refused(503, "register-behind", _server.As("dev:pipeline").PutJsonAsync("/environments/production/observed", seen));
        // What needs no register goes on.
        await World.Must(200, Ann.GetJsonAsync("/teams/after"));
        await World.Must(200, _server.As("dev:pipeline").PostJsonAsync("/policy-checks", new { model = "m", version = 1, environment = "production", artifactDigest = World.Artifact }));

        await QueryAsync(_connection, $$"""update governance.mt_events set type = 'team_formed', data = '{"name":"broken","by":"ann","at":"2026-01-31T12:00:00Z"}' where seq_id = {{sequence.ToString(CultureInfo.InvariantCulture)}}""");

        await UntilAsync(async () => (await HealthAsync()).Status == "healthy", Soon);
        (await TeamsAsync()).ShouldBe(["after", "before", "broken"]);
        (await Ann.GetJsonAsync("/teams")).Json!.AsObject().ContainsKey("behind").ShouldBeFalse();
        await World.Must(200, _server.As("dev:pipeline").PutJsonAsync("/environments/production/observed", seen));
        _log.Lines.ShouldContain(l => l.Text == $"The registers have passed {where} and go on");
        _log.Lines.Count(l => l.Level == LogLevel.Error && l.Category == typeof(RegisterKeeper).FullName).ShouldBe(1, "an alert each time it is tried again");
    }

    private async Task<List<string>> TeamsAsync() => [.. (await World.Must(200, Ann.GetJsonAsync("/teams"))).Json!["items"]!.AsArray().Select(t => t.Text("name"))];

    private async Task<(string Status, string? Description)> HealthAsync()
    {
        using var response = await Ann.GetAsync(new Uri("/healthz/ready", UriKind.Relative), Token);
        var answer = await response.AnswerAsync();
        answer.Status.ShouldBe(200, "degraded is ready");
        return (answer.Text("status"), answer.Json!["checks"]!["registers"]!["description"]?.GetValue<string>());
    }

    /// <summary>Behind the service's back, as a later version or somebody with a database client would.</summary>
    private async Task<long> StoreAsync(string type, string data) => (long)(await QueryAsync(_connection, $"""
        insert into governance.mt_streams (id, type, version, timestamp, tenant_id, is_archived) select 'team:broken', type, 1, now(), tenant_id, false from governance.mt_streams where id = 'team:before';
        insert into governance.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, headers, is_archived)
            select nextval('governance.mt_events_sequence'), gen_random_uuid(), 'team:broken', 1, '{data}'::jsonb, '{type}', now(), tenant_id, headers, false from governance.mt_events where stream_id = 'team:before'
            returning seq_id
        """))!;
}
