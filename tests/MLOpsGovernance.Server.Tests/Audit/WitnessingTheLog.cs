using Microsoft.Extensions.DependencyInjection;
using MLOpsGovernance.Evidence.Checkpoints;
using MLOpsGovernance.Evidence.Notes;
using MLOpsGovernance.Evidence.Witnesses;
using MLOpsGovernance.Server.Audit;
using MLOpsGovernance.Server.Witnesses;
using static MLOpsGovernance.Server.Tests.Storage.LocalPostgresTest;

namespace MLOpsGovernance.Server.Tests.Audit;

public sealed class WitnessingTheLog(Database database) : IAsyncLifetime
{
    private IndependentWitness _witness = null!;
    private RunningServer _server = null!;
    private World _world = null!;

    private Witnessing Witnessing => _server.Services.GetRequiredService<Witnessing>();

    private LogKeys Keys => _server.Services.GetRequiredService<LogKeys>();

    public async ValueTask InitializeAsync()
    {
        _witness = await IndependentWitness.StartAsync();
        _server = await RunningServer.StartAsync(await database.NewDatabaseAsync(nameof(WitnessingTheLog)), null,
            ("Audit:Witnesses:0:Url", _witness.Address.ToString()), ("Audit:Witnesses:0:Key", _witness.Key.Verifier.ToString()), ("Audit:WitnessSeconds", "3600"));
        _witness.Logs.AddRange(Keys.Known);
        _world = new(_server);
        await _world.FoundedAsync();
        await GrowAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _witness.DisposeAsync();
    }

    [Fact]
    public async Task Puts_the_signature_of_another_below_ours_whenever_the_log_has_grown()
    {
        var policy = TrustPolicy.Parse($"log {Keys.Known[0]}\nwitness office {_witness.Key.Verifier}\nquorum office\n");
        for (var turn = 0; turn < 3; turn++)
        {
            var one = (await Witnessing.RoundAsync(Token)).ShouldHaveSingleItem();

            var shown = (await World.Must(200, _world.Ann.GetJsonAsync("/audit/checkpoint"))).Json!;
            policy.Open(shown.Text("checkpoint")).Checkpoint.Size.ShouldBe((ulong)one.Size);
            (one.Fault, one.Size).ShouldBe((null, shown["size"]!.GetValue<long>()));
            var listed = (await World.Must(200, _world.Ann.GetJsonAsync("/audit/witnesses"))).Json!.AsArray().ShouldHaveSingleItem();
            (listed.Text("name"), listed!["size"]!.GetValue<long>()).ShouldBe(("witness.example/office", one.Size));
            await World.Must(201, _world.Ann.PostJsonAsync("/teams", new { name = $"team-{turn}" }));
            await GrowAsync();
        }

        await Witnessing.CompareAsync(Token);
    }

    [Fact]
    public async Task Believes_no_answer_without_that_signature_and_goes_on_without_it()
    {
        using var other = SigningKey.Generate("witness.example/office", NoteKeyKind.Cosignature);
        _witness.Impostor = other;
        (await Witnessing.RoundAsync(Token)).ShouldHaveSingleItem().Fault.ShouldNotBeNull().ShouldContain("cannot be asked");

        _witness.Impostor = null;
        _witness.Logs.Clear();
        (await Witnessing.RoundAsync(Token)).ShouldHaveSingleItem().Fault.ShouldNotBeNull().ShouldContain("404");

        await _witness.DisposeAsync();
        var silent = (await Witnessing.RoundAsync(Token)).ShouldHaveSingleItem();
        (silent.Size, silent.SignedAt).ShouldBe((0, null));
        silent.Fault.ShouldNotBeNull();
        await World.Must(201, _world.Ann.PostJsonAsync("/teams", new { name = "later" }));
        await GrowAsync();
        await Witnessing.CompareAsync(Token);
    }

    [Fact]
    public async Task Signs_nothing_where_others_have_signed_more_or_something_else()
    {
        var newest = (await _server.Services.GetRequiredService<LogReader>().NewestAsync(Token)).ShouldNotBeNull().Checkpoint;

        _witness.Last = SignedCheckpoint.Sign(newest with { Size = newest.Size + 100 }, TimeProvider.System.GetUtcNow(), [.. Keys.Signing, _witness.Key]);
        (await Should.ThrowAsync<LogBrokenException>(() => Witnessing.CompareAsync(Token))).Message.ShouldContain("older copy");

        _witness.Last = SignedCheckpoint.Sign(newest with { Root = [.. newest.Root.Reverse()] }, TimeProvider.System.GetUtcNow(), [.. Keys.Signing, _witness.Key]);
        (await Should.ThrowAsync<LogBrokenException>(() => Witnessing.CompareAsync(Token))).Message.ShouldContain("are not those that the witness");

        // What only the witness has signed proves nothing, and is no reason to be silent about it.
        _witness.Last = SignedCheckpoint.Sign(newest, TimeProvider.System.GetUtcNow(), _witness.Key);
        (await Should.ThrowAsync<LogBrokenException>(() => Witnessing.CompareAsync(Token))).Message.ShouldContain("not signed by both");
    }

    private async Task GrowAsync()
    {
        var log = _server.Services.GetRequiredService<TransparencyLog>();
        while (await log.GrowAsync(Token) > 0) { }
        await log.SignAsync(Token);
    }
}
