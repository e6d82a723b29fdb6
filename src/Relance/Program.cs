Console.WriteLine("relance");
