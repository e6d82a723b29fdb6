return await Relance.Cli.CommandLine.RunAsync(args);
