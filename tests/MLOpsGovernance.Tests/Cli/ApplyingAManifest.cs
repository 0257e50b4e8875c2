using System.Text.Json.Nodes;
using MLOpsGovernance.Tests.Artifacts;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Cli;

public sealed class ApplyingAManifest : IAsyncDisposable
{
    private const string Data = "sha256:3a6eb0790f39ac87c94f3856b2dd2c5d110e6811602261a9a923d3bb23adc8b7"; // of "data"
    private const string Artifact = "sha256:9372c470eeadd5ecd9c3c74c2b3cb633f8e2f2fad799250a0f70d652b6b825e4"; // of "model"

    private const string Manifest = """
        apiVersion: governance.mlops/v1
        kind: Manifest
        teams:
          - name: flowers
            displayName: Flower classification
            members:
              - {subject: ann, functions: [data-scientist], skills: [statistics]}
        datasets:
          - name: iris
            team: flowers
            description: Flowers.
            classification: {sensitivity: public, personalData: false}
            versions:
              - {version: "1936", file: iris.csv, rows: 150, schema: [{name: petal_width, type: float}]}
        models:
          - name: iris-classifier
            team: flowers
            purpose: Tells flowers apart.
            purposes: [research]
            risk: {euAiAct: minimal, tier: 3, reason: Nobody is affected.}
            versions:
              - artifact: out/model.zip
                datasets: [{name: iris, version: "1936"}]
                authors: [ann]
                framework: ML.NET 5.0.1
                metricsFile: out/metrics.json
        """;

    private readonly Record _record = new();
    private readonly TemporaryFolder _folder = new();

    public ApplyingAManifest()
    {
        _folder.Write("iris.csv", "data");
        _folder.Write("out/model.zip", "model");
        _folder.Write("out/metrics.json", """{"accuracy":0.97,"loss":0.05,"confusion":{"a":1},"trainer":"sdca"}""");
    }

    [Fact]
    public async Task Puts_everything_on_record_in_an_order_in_which_each_finds_what_it_needs()
    {
        var ended = await ApplyAsync();

        ended.ExitCode.ShouldBe(0, ended.Error);
        _record.Writes.Select(write => write.Call).ShouldBe(
        [
            "POST teams", "PUT teams/flowers/members/ann",
            "POST datasets", "POST datasets/iris/versions", "PUT datasets/iris/classification",
            "POST models", "PUT models/iris-classifier/risk", "POST models/iris-classifier/versions",
        ]);
    }

    [Theory]
    [InlineData("POST teams", """{"name":"flowers","displayName":"Flower classification"}""")]
    [InlineData("PUT teams/flowers/members/ann", """{"functions":["data-scientist"],"skills":["statistics"]}""")]
    [InlineData("POST datasets", """{"name":"iris","team":"flowers","description":"Flowers."}""")]
    [InlineData("POST datasets/iris/versions", $$"""{"version":"1936","digest":"{{Data}}","schema":[{"name":"petal_width","type":"float"}],"rows":150}""")]
    [InlineData("PUT datasets/iris/classification", """{"sensitivity":"public","personalData":false,"permittedPurposes":[]}""")]
    [InlineData("POST models", """{"name":"iris-classifier","team":"flowers","purpose":"Tells flowers apart.","purposes":["research"]}""")]
    [InlineData("PUT models/iris-classifier/risk", """{"euAiAct":"minimal","tier":3,"reason":"Nobody is affected."}""")]
    [InlineData("POST models/iris-classifier/versions", $$$"""{"artifactDigest":"{{{Artifact}}}","datasets":[{"name":"iris","version":"1936"}],"authors":["ann"],"framework":"ML.NET 5.0.1","metrics":{"accuracy":0.97,"loss":0.05}}""")]
    public async Task Sends_what_the_manifest_says_and_digests_instead_of_files(string call, string body)
    {
        await ApplyAsync();

        var sent = _record.Writes.Single(write => write.Call == call).Body;
        JsonNode.DeepEquals(JsonNode.Parse(sent), JsonNode.Parse(body)).ShouldBeTrue(sent);
    }

    [Fact]
    public async Task Prints_its_plan_before_it_acts() =>
        (await ApplyAsync()).Output.ShouldBe($"""
            + create team flowers
            + create member ann of team flowers
            + create dataset iris
            + create version 1936 of dataset iris: {Data}
            + create class of dataset iris: public, no personal data
            + create model iris-classifier
            + create risk class of model iris-classifier: minimal, tier 3
            + create version of model iris-classifier: {Artifact}

            """, StringCompareShould.IgnoreLineEndings);

    [Fact]
    public async Task Writes_nothing_when_all_is_on_record()
    {
        Recorded();

        var ended = await ApplyAsync();

        ended.ExitCode.ShouldBe(0);
        _record.Writes.ShouldBeEmpty();
        ended.Output.ShouldBe("""
            = unchanged team flowers
            = unchanged member ann of team flowers
            = unchanged dataset iris
            = unchanged version 1936 of dataset iris
            = unchanged class of dataset iris
            = unchanged model iris-classifier
            = unchanged risk class of model iris-classifier
            = unchanged version 3 of model iris-classifier

            """, StringCompareShould.IgnoreLineEndings);
    }

    [Fact]
    public async Task Finds_a_confirmed_class_as_good_as_a_proposed_one()
    {
        Recorded();
        Edit("datasets/iris", json => json["classification"] = JsonNode.Parse("""{"state":"confirmed","confirmed":{"permittedPurposes":[],"personalData":false,"sensitivity":"public","anonymised":false,"purpose":"Study.","reason":"Published."}}"""));
        Edit("models/iris-classifier", json => json["risk"] = JsonNode.Parse("""{"state":"confirmed","judged":{"euAiAct":"minimal","tier":3},"confirmed":{"tier":3,"euAiAct":"minimal","reason":"Other words."}}"""));

        (await ApplyAsync()).ExitCode.ShouldBe(0);

        _record.Writes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("teams/flowers", "displayName", "\"Flowers\"", "~ change team flowers: display name 'Flower classification'", "PUT teams/flowers")]
    [InlineData("teams/flowers", "members", """[{"subject":"ann","functions":["product-owner"],"skills":["statistics"]}]""", "~ change member ann of team flowers", "PUT teams/flowers/members/ann")]
    [InlineData("teams/flowers", "members", """[{"subject":"ann","functions":["data-scientist"],"skills":[]}]""", "~ change member ann of team flowers", "PUT teams/flowers/members/ann")]
    [InlineData("datasets/iris", "classification", """{"state":"none"}""", "+ create class of dataset iris: public, no personal data", "PUT datasets/iris/classification")]
    [InlineData("datasets/iris", "classification", """{"state":"confirmed","confirmed":{"sensitivity":"internal","personalData":false,"permittedPurposes":[]}}""", "~ change class of dataset iris: public, no personal data", "PUT datasets/iris/classification")]
    [InlineData("datasets/iris", "versions", "[]", $"+ create version 1936 of dataset iris: {Data}", "POST datasets/iris/versions")]
    [InlineData("models/iris-classifier", "purpose", "\"Something else.\"", "~ change purpose of model iris-classifier", "PUT models/iris-classifier/purpose")]
    [InlineData("models/iris-classifier", "purposes", "[]", "~ change purpose of model iris-classifier", "PUT models/iris-classifier/purpose")]
    [InlineData("models/iris-classifier", "risk", """{"state":"proposed","proposed":{"euAiAct":"minimal","tier":2,"reason":"Nobody is affected."}}""", "~ change risk class of model iris-classifier: minimal, tier 3", "PUT models/iris-classifier/risk")]
    [InlineData("models/iris-classifier", "versions", "[]", $"+ create version of model iris-classifier: {Artifact}", "POST models/iris-classifier/versions")]
    [InlineData("models/iris-classifier", "versions", $$"""[{"version":1,"artifactDigest":"{{Artifact}}","datasets":[],"authors":["ann"]}]""", $"+ create version of model iris-classifier: {Artifact}", "POST models/iris-classifier/versions")]
    [InlineData("models/iris-classifier", "versions", $$"""[{"version":3,"artifactDigest":"{{Artifact}}","datasets":[{"name":"iris","version":"1936"}],"authors":["bob"]}]""", "+ create author ann of version 3 of model iris-classifier", "PUT models/iris-classifier/versions/3/authors/ann")]
    public async Task Does_only_what_is_missing(string path, string field, string json, string line, string call)
    {
        Recorded();
        Edit(path, known => known[field] = JsonNode.Parse(json));

        var ended = await ApplyAsync();

        ended.ExitCode.ShouldBe(0, ended.Error);
        ended.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => l[0] != '=').ShouldBe([line]);
        _record.Writes.Select(write => write.Call).ShouldBe([call]);
    }

    [Fact]
    public async Task Says_all_that_a_class_may_say()
    {
        var manifest = Manifest
            .Replace("{sensitivity: public, personalData: false}", "{sensitivity: internal, personalData: false, anonymised: true, purpose: Study flowers., reason: Counts only., permittedPurposes: [{code: research, legalBasis: consent, specialCategoryCondition: public-health}]}", StringComparison.Ordinal)
            .Replace("reason: Nobody is affected.}", "reason: Nobody is affected., role: deployer, accountableExecutive: eva, basis: {annex: III, point: 5(b)}, materiality: {exposure: 12.5, currency: EUR, date: 2026-01-31, peopleAffected: 3, businessService: garden}}", StringComparison.Ordinal);

        (await ApplyAsync(manifest)).ExitCode.ShouldBe(0);

        Same("PUT datasets/iris/classification", """
            {"sensitivity":"internal","personalData":false,"anonymised":true,"purpose":"Study flowers.","reason":"Counts only.","permittedPurposes":[{"code":"research","legalBasis":"consent","specialCategoryCondition":"public-health"}]}
            """);
        Same("PUT models/iris-classifier/risk", """
            {"euAiAct":"minimal","tier":3,"reason":"Nobody is affected.","role":"deployer","accountableExecutive":"eva","basis":{"annex":"III","point":"5(b)"},
             "materiality":{"exposure":12.5,"currency":"EUR","date":"2026-01-31","peopleAffected":3,"businessService":"garden"}}
            """);

        void Same(string call, string json) => JsonNode.DeepEquals(JsonNode.Parse(_record.Writes.Single(w => w.Call == call).Body), JsonNode.Parse(json)).ShouldBeTrue(_record.Writes.Single(w => w.Call == call).Body);
    }

    [Fact]
    public async Task Leaves_alone_what_the_manifest_does_not_mention()
    {
        Recorded();
        Edit("teams/flowers", json => json["members"]!.AsArray().Add(JsonNode.Parse("""{"subject":"bob","functions":["ml-engineer"],"skills":[]}""")));
        Edit("models/iris-classifier", json => json["versions"]![0]!["authors"]!.AsArray().Add("bob"));
        Edit("models/iris-classifier", json => json["versions"]!.AsArray().Insert(0, JsonNode.Parse($$"""{"version":2,"artifactDigest":"{{Data}}","datasets":[],"authors":[]}""")));
        var manifest = Manifest.Replace(", skills: [statistics]", "", StringComparison.Ordinal).Replace("    purposes: [research]\n", "", StringComparison.Ordinal).Replace("    displayName: Flower classification\n", "", StringComparison.Ordinal);

        (await ApplyAsync(manifest)).ExitCode.ShouldBe(0);

        _record.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Adds_the_image_to_a_version_that_was_registered_without()
    {
        Recorded();

        var ended = await ApplyAsync(Manifest + $"\n        imageDigest: {Data}\n");

        ended.Output.ShouldContain($"~ change image of version 3 of model iris-classifier: {Data}");
        _record.Writes.ShouldBe([("PUT models/iris-classifier/versions/3/artifact", $$"""{"imageDigest":"{{Data}}"}""")]);
    }

    [Fact]
    public async Task Registers_sources_before_what_was_made_of_them()
    {
        var manifest = Manifest.Replace("rows: 150, schema", "sources: [{name: raw, version: \"1\"}], schema", StringComparison.Ordinal)
            .Replace("models:\n", $"  - name: raw\n    team: flowers\n    versions: [{{version: \"1\", digest: \"{Artifact}\"}}]\nmodels:\n", StringComparison.Ordinal);

        (await ApplyAsync(manifest)).ExitCode.ShouldBe(0);

        _record.Writes.Select(write => write.Call).Where(call => call.Contains("datasets", StringComparison.Ordinal) && call.StartsWith("POST", StringComparison.Ordinal))
            .ShouldBe(["POST datasets", "POST datasets", "POST datasets/raw/versions", "POST datasets/iris/versions"]);
    }

    [Fact]
    public async Task Only_plans_when_it_is_told_to()
    {
        var ended = await ApplyAsync(Manifest, "--plan");

        ended.ExitCode.ShouldBe(0);
        ended.Output.ShouldContain("+ create team flowers");
        _record.Writes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("datasets/iris", "team", "\"trees\"", "team trees")]
    [InlineData("models/iris-classifier", "team", "\"trees\"", "team trees")]
    [InlineData("datasets/iris", "versions", $$"""[{"version":"1936","digest":"{{Artifact}}","sources":[]}]""", "A version never changes")]
    public async Task Writes_nothing_when_the_record_contradicts_it(string path, string field, string json, string why)
    {
        Recorded();
        Edit(path, known => known[field] = JsonNode.Parse(json));
        Edit("teams/flowers", known => known["displayName"] = "to be changed");

        var ended = await ApplyAsync();

        ended.ExitCode.ShouldBe(1);
        ended.Output.ShouldContain("! impossible");
        ended.Output.ShouldContain(why);
        _record.Writes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(403, "forbidden", 1)]
    [InlineData(422, "unknown-author", 1)]
    [InlineData(400, "invalid-request", 2)]
    [InlineData(401, "unauthenticated", 2)]
    [InlineData(500, "internal-error", 3)]
    public async Task Stops_at_the_first_step_that_fails_and_says_which(int status, string code, int exitCode)
    {
        _record.Answers("POST datasets", RawAnswer.Problem(status, code, "Not so."));

        var ended = await ApplyAsync();

        ended.ExitCode.ShouldBe(exitCode);
        ended.Error.ShouldContain("dataset iris: Not so.");
        ended.Error.ShouldContain(code);
        ended.Error.ShouldContain("2 of 8 steps");
        _record.Writes[^1].Call.ShouldBe("POST datasets");
    }

    [Fact]
    public async Task Takes_no_strangers_404_for_an_empty_record()
    {
        await using var server = new RawServer(RawAnswer.Http(404, "<html>nginx</html>", "text/html"));

        var ended = await CommandLine.RunAsync(server.Url, "apply", "-f", _folder.Write("manifest.yaml", Manifest));

        ended.ExitCode.ShouldBe(2);
        ended.Output.ShouldBeEmpty();
        server.Calls.ShouldAllBe(call => call.Method == "GET");
    }

    [Fact]
    public async Task Takes_no_sign_in_page_for_a_registration()
    {
        _record.Answers("POST models", RawAnswer.Http(200, "<html>signed out</html>", "text/html"));

        (await ApplyAsync()).ExitCode.ShouldBe(3);
    }

    [Fact]
    public async Task Tells_programs_what_it_did_and_which_versions_there_are()
    {
        Recorded();
        Edit("models/iris-classifier", json => json["versions"] = new JsonArray());

        var report = JsonNode.Parse((await ApplyAsync(Manifest, "-o", "json")).Output)!;

        report["applied"]!.GetValue<bool>().ShouldBeTrue();
        report["steps"]!.AsArray().Count(step => step!["change"]!.GetValue<string>() == "unchanged").ShouldBe(7);
        report["versions"]!.ToJsonString().ShouldBe($$"""[{"model":"iris-classifier","version":7,"artifactDigest":"{{Artifact}}"}]""");
    }

    [Fact]
    public async Task Uses_a_key_of_its_own_for_each_step()
    {
        await ApplyAsync();

        _record.Calls.Where(call => call.Method != "GET").Select(call => call.Key).Distinct().Count().ShouldBe(8);
        _record.Calls.Where(call => call.Method == "GET").ShouldAllBe(call => call.Key == null);
    }

    public async ValueTask DisposeAsync()
    {
        _folder.Dispose();
        await _record.DisposeAsync();
    }

    private Task<Ended> ApplyAsync(string manifest = Manifest, params string[] options) => _record.RunAsync(["apply", "--file", _folder.Write("manifest.yaml", manifest), .. options]);

    private void Recorded() => _record
        .Has("teams/flowers", """{"name":"flowers","displayName":"Flower classification","formedAt":"2026-11-23T12:00:00Z","members":[{"subject":"ann","functions":["data-scientist"],"skills":["statistics"]}]}""")
        .Has("datasets/iris", $$$$"""
            {"name":"iris","team":"flowers","description":"Flowers.","versions":[{"version":"1936","digest":"{{{{Data}}}}","rows":150,"sources":[],"quality":[]}],
             "classification":{"state":"proposed","judged":{"sensitivity":"restricted","personalData":true,"permittedPurposes":[]},"proposed":{"sensitivity":"public","personalData":false,"permittedPurposes":[]}}}
            """)
        .Has("models/iris-classifier", $$$$"""
            {"name":"iris-classifier","team":"flowers","purpose":"Tells flowers apart.","purposes":["research"],
             "risk":{"state":"proposed","judged":{"euAiAct":"high","tier":1},"proposed":{"euAiAct":"minimal","tier":3,"reason":"Nobody is affected."}},
             "versions":[{"version":3,"artifactDigest":"{{{{Artifact}}}}","datasets":[{"name":"iris","version":"1936"}],"authors":["ann"]}]}
            """);

    private void Edit(string path, Action<JsonObject> change) => _record.Edit(path, change);
}
