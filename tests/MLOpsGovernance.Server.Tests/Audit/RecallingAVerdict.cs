using System.Text;
using Microsoft.Extensions.DependencyInjection;
using MLOpsGovernance.Evidence.Envelopes;
using MLOpsGovernance.Evidence.Verdicts;
using MLOpsGovernance.Server.Audit;

namespace MLOpsGovernance.Server.Tests.Audit;

public sealed class RecallingAVerdict(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Is_seen_on_a_signed_list_until_the_verdict_has_expired_by_itself()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();
        var before = await world.AllowedAsync();
        (await ListAsync(world)).ShouldNotContain(before.Text("decisionId"));

        await World.Must(200, world.Rita.PostJsonAsync($"{world.Path()}/suspension", new { reason = "it answers nonsense" }));
        (await ListAsync(world)).ShouldContain(before.Text("decisionId"));

        // Given back its leave, it gets verdicts anew; those of before stay recalled.
        await World.Must(200, world.Rita.PostJsonAsync($"{world.Path()}/resumption", new { reason = "it was repaired" }));
        var after = await world.AllowedAsync();
        var list = await ListAsync(world);
        (list.Contains(before.Text("decisionId")), list.Contains(after.Text("decisionId"))).ShouldBe((true, false));

        shared.Clock.Forward(TimeSpan.FromMinutes(61));
        (await ListAsync(world)).ShouldNotContain(before.Text("decisionId"));
    }

    private async Task<IReadOnlyList<string>> ListAsync(World world)
    {
        var json = (await World.Must(200, world.Ann.GetJsonAsync("/audit/status-list"))).Json!;
        var key = shared.Server.Services.GetRequiredService<VerdictKeys>().Signing[0].Verifier;
        return StatusList.Open(Envelope.Parse(Encoding.UTF8.GetBytes(json.ToJsonString())), [key], shared.Clock.GetUtcNow()).Recalled;
    }
}
