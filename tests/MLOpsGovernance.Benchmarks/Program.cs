using System.Reflection;
using BenchmarkDotNet.Running;
using MLOpsGovernance.Benchmarks.Load;

// `dotnet run -c Release --project tests/MLOpsGovernance.Benchmarks -- load` runs the load scenarios, anything else goes to BenchmarkDotNet.
if (args is ["load", .. var which])
{
    await LoadScenarios.RunAsync(which);
    return;
}

BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(args);
