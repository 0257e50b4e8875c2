namespace MLOpsGovernance.Server.Tests.Policies;

/// <summary>On a server of its own, where the shipped set is in force: what is compared is all that differs.</summary>
public sealed class AdoptingAnotherPolicySet(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly PolicyOffice _office = new(shared.Server);

    [Fact]
    public async Task Takes_a_second_person_and_says_before_what_it_changes()
    {
        var world = await shared.FoundedAsync();
        var before = await _office.InForceAsync();
        var proposal = await PolicyOffice.ProposedAsync(_office.Carl, ("gate/release.yaml", "title: No training dataset is withdrawn", "waivable: true\n      title: No training dataset is withdrawn"), ("gate/release.yaml", "version: 1.0.0", "version: 1.0.1"));

        (proposal.Text("state"), proposal.Text("base"), proposal.Text("reason"), proposal.Text("waitsFor")).ShouldBe(
            ("proposed", before, "agreed in the committee", "an AI risk or compliance officer to adopt it, other than carl"));
        proposal["changes"]!.AsArray().ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            c => c.Text("path").ShouldBe("gate/release.yaml"), c => c.Text("change").ShouldBe("changed"), c => c!["authors"]![0]!.GetValue<string>().ShouldBe("carl"));
        PolicyOffice.Sentences(proposal).ShouldBe(["relaxed: REL-005 may be waived; it might not be."]);
        proposal["difference"]!["tests"]!["failures"]!.GetValue<int>().ShouldBe(0);
        proposal["difference"]!["tests"]!["cases"]!.GetValue<int>().ShouldBeGreaterThan(20);
        proposal["obstacles"]!.AsArray().ShouldBeEmpty();

        await World.Refused(403, "second-person-required", PolicyOffice.AdoptAsync(_office.Carl, proposal));
        await World.Refused(403, "forbidden", PolicyOffice.AdoptAsync(world.Ann, proposal));
        (await _office.InForceAsync()).ShouldBe(before);

        (await World.Must(200, PolicyOffice.AdoptAsync(_office.Rita, proposal))).Json.ShouldSatisfyAllConditions(p => p.Text("state").ShouldBe("adopted"), p => p.Text("closedBy").ShouldBe("rita"));
        (await _office.InForceAsync()).ShouldBe(proposal.Text("digest"));
        (await world.CheckAsync()).Text("policySet").ShouldBe(proposal.Text("digest"));

        var sets = (await World.Must(200, world.Ann.GetJsonAsync("/policies/sets?limit=2"))).Json!["items"]!.AsArray();
        sets.Select(s => (s.Text("digest"), s!["inForce"]!.GetValue<bool>())).ShouldBe([(proposal.Text("digest"), true), (before, false)]);
        (sets[0].Text("proposedBy"), sets[0].Text("adoptedBy"), sets[0].Text("proposal")).ShouldBe(("carl", "rita", proposal.Text("id")));
        (await world.EventsAsync("policy_set_adopted", "policy-set"))[^1]["data"].Text("proposal").ShouldBe(proposal.Text("id"));
        (await world.EventsAsync("attempt_refused", "policy-set")).Select(e => (e.Text("actor"), e["data"].Text("code"))).ShouldContain(("carl", "second-person-required"));
        (await World.Must(200, world.Ann.GetJsonAsync($"/policies/sets/{proposal.Text("digest")}"))).Json!["documents"]!.AsArray().Select(d => d.Text("path")).ShouldContain("gate/release.yaml");
    }
}
