namespace MLOpsGovernance.Server.Policies;

internal static class PolicySetup
{
    public static void AddPolicies(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(PolicyFolder.Of(builder.Configuration)).AddSingleton<PoliciesInForce>().AddSingleton<PolicySetArchive>().AddSingleton<PolicySetReview>()
            .AddSingleton<RecordedDecisions>().AddSingleton<SetObstacles>().AddSingleton<PolicySetViews>();
        builder.Services.AddHostedService<PolicyFolderWatch>();
    }
}
