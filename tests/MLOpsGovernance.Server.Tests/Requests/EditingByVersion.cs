using System.Text.RegularExpressions;

namespace MLOpsGovernance.Server.Tests.Requests;

/// <summary>Who edits says which version the edit rests on, and nobody overwrites what they have not seen.</summary>
public sealed partial class EditingByVersion(SharedServer shared) : IClassFixture<SharedServer>
{
    private static int _sites;

    [Fact]
    public async Task Begins_with_the_ETag_of_what_is_read()
    {
        var world = await shared.FoundedAsync();
        foreach (var path in new[] { "/teams/flowers", $"/datasets/{world.Dataset}", world.Path(), world.Path(1), "/environments/production" })
        {
            var read = await World.Must(200, world.Ann.GetJsonAsync(path));
            Tag().IsMatch(read.ETag.ShouldNotBeNull(path)).ShouldBeTrue($"{path}: {read.ETag}");
            foreach (var known in new[] { read.ETag!, $"W/{read.ETag}", $"\"x\", {read.ETag}", "*" })
            {
                var again = await World.Must(304, world.Ann.CallWithAsync("GET", path, null, ("If-None-Match", known)));
                (again.Json, again.ETag).ShouldBe((null, read.ETag), path);
            }

            await World.Must(200, world.Ann.CallWithAsync("GET", path, null, ("If-None-Match", $"\"{Version(read)}\"")));
        }
    }

    [Fact]
    public async Task Succeeds_on_the_version_that_is_in_force()
    {
        var world = await shared.FoundedAsync();
        var read = await World.Must(200, world.Ann.GetJsonAsync(world.Path()));

        var first = await World.Must(200, PurposeAsync(world, "first", read.ETag!));
        var second = await World.Must(200, PurposeAsync(world, "second", first.ETag!));
        var third = await World.Must(200, PurposeAsync(world, "third", $"\"{Version(second)}\""));
        await World.Must(200, PurposeAsync(world, "fourth", $"\"1\", {third.ETag}"));
        await World.Must(200, PurposeAsync(world, "fifth", "*"));

        var now = await World.Must(200, world.Ann.CallWithAsync("GET", world.Path(), null, ("If-None-Match", third.ETag!)));
        now.Text("purpose").ShouldBe("fifth");
        Version(now).ShouldBe(Version(read) + 5);
    }

    [Fact]
    public async Task Is_refused_on_any_other_and_names_the_one_in_force()
    {
        var world = await shared.FoundedAsync();
        var read = await World.Must(200, world.Ann.GetJsonAsync(world.Path()));
        var changed = await World.Must(200, PurposeAsync(world, "somebody else's", read.ETag!));
        var events = await world.EventsAsync();

        foreach (var stale in new[] { read.ETag!, $"\"{Version(read)}\"", "\"999999\"", "\"nonsense\"", $"W/{changed.ETag}" })
        {
            var refused = await World.Refused(412, "precondition-failed", PurposeAsync(world, "mine", stale));
            refused.Json!["currentVersion"]!.GetValue<long>().ShouldBe(Version(changed));
            refused.Detail!.ShouldContain($"is at version {Version(changed)}");
            refused.ContentType.ShouldBe("application/problem+json");
        }

        (await world.EventsAsync()).Count.ShouldBe(events.Count);
        (await World.Must(200, world.Ann.GetJsonAsync(world.Path()))).Text("purpose").ShouldBe("somebody else's");
    }

    [Fact]
    public async Task Holds_for_teams_datasets_versions_findings_and_environments_too()
    {
        var world = await shared.FoundedAsync();
        var finding = (await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/findings", new { title = "drifts", severity = "low" }))).Text("id");
        (HttpClient By, string Read, string Method, string Edit, object? Body)[] edits =
        [
            (world.Ann, "/teams/flowers", "PUT", "/teams/flowers/members/zoe", new { functions = new[] { "product-owner" }, skills = new[] { world.Model } }),
            (world.Ann, $"/datasets/{world.Dataset}", "PUT", $"/datasets/{world.Dataset}/versions/1/quality", new { measures = new[] { new { name = "completeness", score = 0.5 } } }),
            (world.Ann, world.Path(1), "PUT", $"{world.Path(1)}/authors/bob", null),
            (world.Ann, world.Path(), "PUT", $"{world.Path()}/findings/{finding}", new { plan = "train again" }),
            (world.Root, "/environments/staging", "PUT", "/environments/staging", new { region = world.Model }),
        ];
        foreach (var (by, path, method, edit, body) in edits)
        {
            var read = await World.Must(200, by.GetJsonAsync(path));
            await World.Refused(412, "precondition-failed", by.CallWithAsync(method, edit, body, ("If-Match", $"\"{Version(read) - 1}\"")));
            Version(await World.Must(200, by.CallWithAsync(method, edit, body, ("If-Match", read.ETag!)))).ShouldBe(Version(read) + 1, edit);
        }
    }

    /// <summary>What is computed for the reader moves by the clock and by other streams; that is news for a reader and no edit.</summary>
    [Fact]
    public async Task Tells_news_from_edits()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();
        var read = await World.Must(200, world.Ann.GetJsonAsync(world.Path(1)));
        await World.Must(200, world.Carl.PostJsonAsync($"/datasets/{world.Dataset}/withdrawal", new { reason = "a mistake" }));

        var news = await World.Must(200, world.Ann.CallWithAsync("GET", world.Path(1), null, ("If-None-Match", read.ETag!)));

        news.Json!["approvals"]![0].Text("state").ShouldBe("superseded");
        Version(news).ShouldBe(Version(read));
        await World.Must(200, PurposeAsync(world, "edited", read.ETag!));
    }

    [Fact]
    public async Task Is_not_disturbed_by_attempts_that_were_refused()
    {
        var world = await shared.FoundedAsync();
        var read = await World.Must(200, world.Ann.GetJsonAsync(world.Path()));
        await World.Refused(403, "forbidden", world.Pipeline.PutJsonAsync($"{world.Path()}/card", new { text = "no" }));

        (await World.Must(200, world.Ann.GetJsonAsync(world.Path()))).ETag.ShouldBe(read.ETag);
        await World.Must(200, PurposeAsync(world, "edited", read.ETag!));
    }

    [Fact]
    public async Task Lets_exactly_one_of_many_through()
    {
        var world = await shared.FoundedAsync();
        var read = await World.Must(200, world.Ann.GetJsonAsync(world.Path()));

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => PurposeAsync(world, $"purpose {i}", read.ETag!)));

        answers.Count(a => a.Status == 200).ShouldBe(1);
        answers.Where(a => a.Status != 200).ShouldAllBe(a => a.Code == "precondition-failed");
    }

    [Fact]
    public async Task Gives_a_retry_its_first_answer()
    {
        var world = await shared.FoundedAsync();
        var read = await World.Must(200, world.Ann.GetJsonAsync(world.Path()));
        Task<Answer> EditAsync() => world.Ann.CallWithAsync("PUT", $"{world.Path()}/card", new { text = "A card." }, ("If-Match", read.ETag!), ("Idempotency-Key", $"card-{world.Model}"));

        var first = await World.Must(200, EditAsync());

        (await World.Must(200, EditAsync())).Json!.ToJsonString().ShouldBe(first.Json!.ToJsonString());
    }

    [Fact]
    public async Task Makes_a_thing_only_where_there_is_none()
    {
        var (root, path) = (shared.Server.As("dev:administrator:root"), $"/environments/place-{Interlocked.Increment(ref _sites)}");

        await World.Refused(412, "precondition-failed", root.CallWithAsync("PUT", path, new { region = "eu" }, ("If-Match", "*")));
        (await root.GetJsonAsync(path)).Status.ShouldBe(404);
        await World.Must(200, root.CallWithAsync("PUT", path, new { region = "eu" }, ("If-None-Match", "*")));
        var refused = await World.Refused(412, "precondition-failed", root.CallWithAsync("PUT", path, new { region = "us" }, ("If-None-Match", "*")));

        refused.Json!["currentVersion"]!.GetValue<long>().ShouldBe(1);
        (await root.GetJsonAsync(path)).Text("region").ShouldBe("eu");
    }

    [Fact]
    public async Task Says_first_who_may_not_and_what_is_not_there()
    {
        var world = await shared.FoundedAsync();
        await World.Refused(404, "model-unknown", world.Ann.CallWithAsync("PUT", "/models/nothing/purpose", new { purpose = "x" }, ("If-Match", "\"1\"")));
        await World.Refused(403, "forbidden", world.Pipeline.CallWithAsync("PUT", $"{world.Path()}/purpose", new { purpose = "x" }, ("If-Match", "\"1\"")));
    }

    [Theory]
    [InlineData("If-Match", "5")]
    [InlineData("If-Match", "\"5")]
    [InlineData("If-Match", "\"5\" \"6\"")]
    [InlineData("If-Match", "x")]
    [InlineData("If-None-Match", "x")]
    [InlineData("If-None-Match", "\"5\"")]
    public async Task Is_explained_when_the_header_cannot_be(string header, string value)
    {
        var world = await shared.FoundedAsync();
        await World.Refused(400, "invalid-header", world.Ann.CallWithAsync("PUT", $"{world.Path()}/purpose", new { purpose = "x" }, (header, value)));
    }

    private static Task<Answer> PurposeAsync(World world, string purpose, string match) =>
        world.Ann.CallWithAsync("PUT", $"{world.Path()}/purpose", new { purpose }, ("If-Match", match));

    private static long Version(Answer answer) => long.Parse(answer.ETag!.Trim('"').Split('.')[0], System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex("^\"[1-9][0-9]*\\.[0-9a-f]{16}\"$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tag();
}
